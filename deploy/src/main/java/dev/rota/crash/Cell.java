package dev.rota.crash;

/** One experiment: a deed while a phase runs on one node. */
record Cell(String phase, Deed deed) {
    @Override
    public String toString() {
        return phase + "/" + deed.label();
    }
}
