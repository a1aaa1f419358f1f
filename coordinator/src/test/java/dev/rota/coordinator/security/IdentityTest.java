package dev.rota.coordinator.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    @Test
    void everyIdentityIsReadBackFromItsUri() {
        for (Identity identity : new Identity[] {
            new Identity.Agent("n1.example"),
            new Identity.Operator("ada", Role.VIEWER),
            new Identity.Operator("ci_job-1", Role.OPERATOR),
            new Identity.Coordinator("rota-1")
        }) {
            assertThat(Identity.parse(identity.uri())).contains(identity);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rota://agent/",
                "rota://agent/n1/n2",
                "rota://agent/n1?role=admin",
                "rota://agent/n1#x",
                "rota://operator/ada",
                "rota://operator/ada?role=root",
                "rota://operator/ada?role=admin&role=viewer",
                "rota://coordinator/a?role=admin",
                "rota://node/n1",
                "https://agent/n1",
                "ROTA://agent/n1",
                "rota://agent/n 1"
            })
    void anythingElseIsNoIdentity(String uri) {
        assertThat(Identity.parse(uri)).isEmpty();
    }

    @Test
    void aRoleIncludesTheLesserOnes() {
        assertThat(Role.ADMIN.includes(Role.VIEWER)).isTrue();
        assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
        assertThat(Role.VIEWER.includes(Role.OPERATOR)).isFalse();
        assertThat(Role.of("admin")).contains(Role.ADMIN);
        assertThat(Role.of("Admin")).isEmpty();
    }
}
