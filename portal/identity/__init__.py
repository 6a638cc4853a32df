"""How sure the portal is of who somebody is: levels, and the ways to reach them."""
