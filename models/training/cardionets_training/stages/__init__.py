"""One module per stage of `cardionets-train`."""
