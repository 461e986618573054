package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GuestMemoryUseTest {
    private static final long MIB = 1 << 20;
    private final GuestMemoryUse use = new GuestMemoryUse(10 * MIB);

    @Test
    void aVmThatServesGrowsOnlyWhereThereIsRoom() {
        GuestMemoryUse.Share one = use.open(4 * MIB);
        GuestMemoryUse.Share other = use.open(4 * MIB);
        one.bind();
        other.bind();

        assertThat(one.take(MIB)).isTrue();
        assertThat(other.take(2 * MIB)).isFalse();
        assertThat(other.take(MIB)).isTrue();

        assertThat(use.total()).isEqualTo(10 * MIB);
    }

    @Test
    void aVmThatIsBuiltIsJudgedWhenItIsReady() {
        GuestMemoryUse.Share built = use.open(4 * MIB);
        assertThatCode(() -> use.check("p")).doesNotThrowAnyException();

        assertThat(built.take(7 * MIB)).isTrue();

        assertThatThrownBy(() -> use.check("p"))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("all VMs would hold 11 MiB")
                .hasMessageContaining("allows 10 MiB");
    }

    @Test
    void whatAVmHeldIsFreeWhenItIsGone() {
        GuestMemoryUse.Share gone = use.open(4 * MIB);
        gone.take(2 * MIB);
        gone.giveBack(MIB);
        assertThat(use.total()).isEqualTo(5 * MIB);

        gone.close();
        gone.close();

        assertThat(use.total()).isZero();
    }
}
