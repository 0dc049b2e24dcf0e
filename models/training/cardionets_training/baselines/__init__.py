"""Methods that CardioNets is compared with (a7), each trained by `cardionets-train baseline NAME`."""
