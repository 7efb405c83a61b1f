"""What feeds the core: a live socket, a log read again, a simulated scenario; and what a node is set to."""
