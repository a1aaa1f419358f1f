package dev.rota.demo;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The coordinators of an installation and their processes. One that is alone is called {@code demo}; several are {@code c1},
 * {@code c2} and so on. The first one has the certificate authority.
 */
public final class Coordinators {
    private static final Gson GSON = new Gson();

    private final Site site;
    private final Network network;
    private final Map<String, Place> places = new LinkedHashMap<>();

    /**
     * Where one of them is.
     *
     * @param process name of its process, and of its log
     */
    private record Place(String name, String process, String address, String peer, Path data, Path config) {}

    /** Plans that many, one or at least three, below a directory; nothing is made yet. */
    Coordinators(Site site, Path directory, int count, Network network) {
        this.site = site;
        this.network = network;
        List<String> names = count == 1
                ? List.of("demo")
                : IntStream.rangeClosed(1, count).mapToObj(i -> "c" + i).toList();
        for (String name : names) {
            String process = count == 1 ? "coordinator" : name;
            places.put(
                    name,
                    new Place(
                            name,
                            process,
                            address(name),
                            count == 1 ? "" : address(name),
                            directory.resolve(count == 1 ? "data" : name + "-data"),
                            directory.resolve(process + ".yaml")));
        }
    }

    private String address(String name) {
        return network.host(name) + ":" + site.ports().next();
    }

    /** Their names, in order. */
    public List<String> names() {
        return List.copyOf(places.keySet());
    }

    /** Where agents and operators reach them, in order. */
    public List<String> addresses() {
        return places.values().stream().map(Place::address).toList();
    }

    /** The data directory of one. */
    public Path data(String name) {
        return place(name).data();
    }

    /** The log file of one. */
    public Path log(String name) {
        return site.directory().resolve("log").resolve(place(name).process() + ".log");
    }

    /** Starts one; it may not answer yet when this returns. */
    public void start(String name) throws IOException {
        Place place = place(name);
        List<String> command = new ArrayList<>(network.enter(name));
        command.addAll(List.of(
                site.repository().resolve("deploy/bin/rota-coordinator").toString(),
                "serve",
                "--config",
                place.config().toString()));
        site.processes().start(place.process(), command, Map.of(), site.directory());
    }

    /** Kills the process of one without a warning; returns when it is gone. */
    public void kill(String name) throws InterruptedException {
        site.processes().kill(place(name).process());
    }

    /** Makes the process of one stand still until {@link #thaw}. */
    public void freeze(String name) throws IOException, InterruptedException {
        site.processes().signal(place(name).process(), "STOP");
    }

    /** Lets the process of one go on. */
    public void thaw(String name) throws IOException, InterruptedException {
        site.processes().signal(place(name).process(), "CONT");
    }

    /** Whether the process of one is there, standing still or not. */
    public boolean runs(String name) {
        return site.processes().running(place(name).process()).isPresent();
    }

    /** What {@code rota-coordinator} is to be told, one command after the other, so that each has its certificate. */
    List<List<String>> setUp() {
        List<List<String>> commands = new ArrayList<>();
        String authority = places.values().iterator().next().data().toString();
        for (Place place : places.values()) {
            String host = network.host(place.name());
            commands.add(
                    commands.isEmpty()
                            ? List.of("init", "--data", authority, "--name", place.name(), "--address", host)
                            : List.of(
                                    "issue",
                                    "coordinator",
                                    place.name(),
                                    "--address",
                                    host,
                                    "--out",
                                    place.data().resolve("tls").toString(),
                                    "--data",
                                    authority));
        }
        return commands;
    }

    /** Writes the configuration of each: what is said of it here, and what all have in common. */
    void writeSettings(Supplier<Map<String, Object>> common) throws IOException {
        for (Place place : places.values()) {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("name", place.name());
            settings.put("data", place.data().toString());
            settings.put("listen", place.address());
            settings.putAll(common.get());
            if (places.size() > 1) {
                settings.put(
                        "coordinators",
                        places.values().stream()
                                .map(p -> Map.of("name", p.name(), "address", p.address(), "peer", p.peer()))
                                .toList());
            }
            Files.writeString(place.config(), GSON.toJson(settings) + "\n");
        }
    }

    private Place place(String name) {
        return Optional.ofNullable(places.get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no coordinator " + name));
    }
}
