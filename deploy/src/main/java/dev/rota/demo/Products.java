package dev.rota.demo;

/** The products that can be demonstrated, by name. */
final class Products {
    private Products() {}

    static Product of(String name, Site site) {
        return switch (name) {
            case "sample" -> new SampleProduct(site);
            default -> throw new IllegalArgumentException("there is no product " + name + " to demonstrate");
        };
    }
}
