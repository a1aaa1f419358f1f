package dev.rota.cli.client;

/**
 * Where a coordinator listens.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
    /** Reads {@code host:port} or {@code [v6]:port}. */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw new IllegalArgumentException("'" + text + "': write an IPv6 address as [ADDRESS]:PORT");
        }
        int port = port(text.substring(colon + 1));
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
        }
        return new Address(host, port);
    }

    private static int port(String digits) {
        return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
