"""What measures speed and memory: each figure beside the plain recipe's, taken in the same run on the same machine."""
