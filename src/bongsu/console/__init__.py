"""What a person sees: a view of the log, in a terminal; pure up to the last step, which draws."""
