package dev.rota.demo;

import dev.rota.demo.ejabberd.EjabberdProduct;

/** The products that can be demonstrated, by name. */
final class Products {
    private Products() {}

    static Product of(String name, Site site) {
        return switch (name) {
            case "ejabberd" -> new EjabberdProduct(site);
            case "sample" -> new SampleProduct(site);
            default -> throw new IllegalArgumentException("there is no product " + name + " to demonstrate");
        };
    }
}
