package dev.rota.demo.ejabberd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a node's directories and configuration. */
final class NodeFiles {
    /** Name of the file that ejabberd reads its configuration from. */
    static final String CONFIGURATION = "ejabberd.yml";

    /** Name of the file that ejabberdctl reads its own settings from, as a shell script. */
    static final String CONTROL = "ejabberdctl.cfg";

    private NodeFiles() {}

    /** Makes the directories and files of a node that has no release yet. */
    static void write(Node node, Kit kit, String cookie, Map<String, String> mark) throws IOException {
        Path modules = node.config().resolve("modules");
        for (Path directory :
                new Path[] {node.root().resolve("releases"), node.config(), node.spool(), node.logs(), modules}) {
            Files.createDirectories(directory);
        }
        Path cookieFile = node.home().resolve(".erlang.cookie");
        Files.writeString(cookieFile, cookie);
        Files.setPosixFilePermissions(cookieFile, PosixFilePermissions.fromString("r--------"));
        Files.writeString(node.config().resolve("inetrc"), """
                {lookup,["file","native"]}.
                {host,{127,0,0,1},["localhost"]}.
                """);
        Files.writeString(node.config().resolve(CONTROL), control(node, kit, modules, mark));
        Files.writeString(node.config().resolve(CONFIGURATION), configuration(node));
    }

    /**
     * Read by ejabberdctl as a shell script, so that a command needs nothing but its {@code --config-dir}. The mark is for the name
     * service: Erlang starts one in the background where none runs.
     */
    private static String control(Node node, Kit kit, Path modules, Map<String, String> mark) {
        return """
                ERL="%s"
                EPMD="%s"
                export HOME="%s"
                export ERL_EPMD_PORT=%d
                %s
                ERL_EPMD_ADDRESS=127.0.0.1
                ERLANG_NODE=%s
                EJABBERD_PID_PATH="%s"
                SPOOL_DIR="%s"
                LOGS_DIR="%s"
                EJABBERD_CONFIG_PATH="%s"
                FIREWALL_WINDOW=%d-%d
                CONTRIB_MODULES_PATH="%s"
                CONTRIB_MODULES_CONF_DIR="%s"
                EJABBERD_BYPASS_WARNINGS=true
                ERL_OPTIONS="-kernel inet_dist_use_interface {127,0,0,1} -env ERL_CRASH_DUMP_BYTES 0 +sbwt none +sbwtdcpu none +sbwtdio none"
                """.formatted(
                        kit.program("erl"),
                        kit.program("epmd"),
                        node.home(),
                        node.epmd(),
                        mark.entrySet().stream()
                                .map(e -> "export " + e.getKey() + "=\"" + e.getValue() + "\"")
                                .collect(Collectors.joining("\n")),
                        node.member(),
                        node.home().resolve("ejabberd.pid"),
                        node.spool(),
                        node.logs(),
                        node.config().resolve(CONFIGURATION),
                        node.distribution(),
                        node.distribution() + Node.DISTRIBUTION_PORTS - 1,
                        modules,
                        modules);
    }

    /** The listener's backlog is raised: at its default of 5, sessions that move together wait a second for their retransmission. */
    private static String configuration(Node node) {
        return """
                loglevel: warning
                log_rotate_count: 0
                hosts: [localhost]
                auth_method: internal
                auth_password_format: plain
                listen:
                  - port: %d
                    ip: "127.0.0.1"
                    module: ejabberd_c2s
                    access: c2s
                    backlog: 128
                    starttls_required: false
                  - port: %d
                    ip: "127.0.0.1"
                    module: ejabberd_http
                    backlog: 128
                    request_handlers:
                      /api: mod_http_api
                acl:
                  loopback: {ip: [127.0.0.0/8]}
                access_rules:
                  c2s: {allow: all}
                  local: {allow: all}
                api_permissions:
                  "console commands": {from: [ejabberd_ctl], who: all, what: "*"}
                  "loopback": {from: [mod_http_api], who: {access: {allow: [{acl: loopback}]}}, what: "*"}
                shaper_rules:
                  max_user_sessions: 10
                  max_user_offline_messages: {5000: all}
                modules:
                  mod_adhoc: {}
                  mod_admin_extra: {}
                  mod_caps: {}
                  mod_carboncopy: {}
                  mod_client_state: {}
                  mod_disco: {}
                  mod_http_api: {}
                  mod_last: {}
                  mod_mam: {default: never}
                  mod_muc: {default_room_options: {persistent: true}}
                  mod_muc_admin: {}
                  mod_offline: {}
                  mod_ping: {}
                  mod_privacy: {}
                  mod_private: {}
                  mod_pubsub: {plugins: [flat, pep]}
                  mod_roster: {versioning: true}
                  mod_shared_roster: {}
                  mod_stream_mgmt: {resend_on_timeout: if_offline}
                  mod_vcard: {search: false}
                  mod_version: {}
                """.formatted(node.c2s(), node.http());
    }
}
