"""Each row that a change touched: noted when it is done, so that it can be taken back and is not set right behind its back."""
