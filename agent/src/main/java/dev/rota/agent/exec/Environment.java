package dev.rota.agent.exec;

import java.util.Map;
import java.util.TreeMap;

/** The environment of every command: the same wherever the agent was started from, and nothing of the agent's own. */
final class Environment {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {}

    /** PATH, HOME, USER, LOGNAME, TZ of the agent (or of the command's user), a UTF-8 locale, then the command's own variables. */
    static Map<String, String> of(CommandLine command, Map<String, String> agent) {
        Map<String, String> all = new TreeMap<>();
        all.put("PATH", agent.getOrDefault("PATH", DEFAULT_PATH));
        all.put("LANG", "C.UTF-8");
        for (String name : new String[] {"HOME", "USER", "LOGNAME", "TZ"}) {
            String value = agent.get(name);
            if (value != null) {
                all.put(name, value);
            }
        }
        all.putAll(command.user().environment());
        all.putAll(command.environment());
        return all;
    }
}
