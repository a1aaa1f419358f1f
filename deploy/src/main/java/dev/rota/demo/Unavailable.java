package dev.rota.demo;

/** Something a product needs cannot be had on this machine; the message says what and how to get it. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a sentence for a person. */
    public Unavailable(String message) {
        super(message);
    }
}
