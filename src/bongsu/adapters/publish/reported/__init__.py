"""The brief of a launch that is known from texts alone."""
