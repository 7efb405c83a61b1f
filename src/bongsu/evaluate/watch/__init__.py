"""How good watch levels are in a made-up year whose preparations are known. Of the real world's signs it says nothing."""
