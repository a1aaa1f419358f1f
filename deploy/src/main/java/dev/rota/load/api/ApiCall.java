package dev.rota.load.api;

/**
 * One call a client makes and how its answer is judged.
 *
 * @param path path of the API
 * @param json its arguments
 * @param answer the only right body
 * @param accepted done when the answer was right
 * @param doubtful done when there was none or another, so that nobody knows whether it had an effect
 */
public record ApiCall(String path, String json, String answer, Runnable accepted, Runnable doubtful) {
    /** A question, which has no effect. */
    public static ApiCall question(String path, String json, String answer) {
        return new ApiCall(path, json, answer, () -> {}, () -> {});
    }
}
