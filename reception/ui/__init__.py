"""What the desk sees and touches: the window, its panels and their controls."""
