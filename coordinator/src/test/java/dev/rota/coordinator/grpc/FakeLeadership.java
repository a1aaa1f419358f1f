package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.Leadership;

/** Leads until the test says otherwise. */
final class FakeLeadership implements Leadership {
    private volatile String leader = "c1";
    private volatile String address = "";

    /** From now on another one leads; empty: nobody. */
    void lose(String name, String at) {
        leader = name;
        address = at;
    }

    @Override
    public boolean leads() {
        return leader.equals("c1");
    }

    @Override
    public String leaderName() {
        return leader;
    }

    @Override
    public String leaderAddress() {
        return address;
    }
}
