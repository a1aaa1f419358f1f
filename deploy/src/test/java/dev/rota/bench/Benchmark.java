package dev.rota.bench;

/** One question an operator may have, answered by measuring. */
interface Benchmark {
    /** The word on the command line. */
    String name();

    /**
     * Measures and prints.
     *
     * @throws Skipped when this machine cannot answer the question
     */
    void run(Ground ground) throws Exception;

    /** The machine lacks what the measurement needs. */
    final class Skipped extends Exception {
        private static final long serialVersionUID = 1;

        Skipped(String why) {
            super(why);
        }
    }
}
