package dev.rota.demo;

import dev.rota.demo.ejabberd.EjabberdProduct;
import java.util.List;

/** The products that can be demonstrated, by name. */
final class Products {
    private Products() {}

    static Product of(String name, Site site) {
        return switch (name) {
            case "ejabberd" -> new EjabberdProduct(site);
            case "sample" -> new SampleProduct(site);
            default -> throw none(name);
        };
    }

    /** Versions the cluster can be upgraded to, oldest first. */
    static List<String> targets(String name) {
        return switch (name) {
            case "ejabberd" -> EjabberdProduct.targets();
            case "sample" -> SampleProduct.targets();
            default -> throw none(name);
        };
    }

    /** Phases that can be made to fail, in the order of the alphabet. */
    static List<String> phases(String name) {
        return switch (name) {
            case "ejabberd" -> EjabberdProduct.phases();
            case "sample" -> SampleProduct.phases();
            default -> throw none(name);
        };
    }

    private static IllegalArgumentException none(String name) {
        return new IllegalArgumentException("there is no product " + name + " to demonstrate");
    }
}
