package dev.sluice.abi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.spi.MemoryBudget;
import dev.sluice.abi.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.WasmRuntimeException;

class FlatMemoryTest {
    private static final int PAGE = 65536;
    private final FlatMemory memory = new FlatMemory(1, 3, MemoryBudget.UNLIMITED, new FakeClock());

    @Test
    void readsWhatItWroteUnalignedAndLittleEndian() {
        memory.writeLong(3, 0x0102030405060708L);
        memory.writeShort(21, (short) 0xFFFE);
        memory.writeF64(31, 1.5);
        memory.writeF32(41, -2.5f);

        assertThat(memory.read(3)).isEqualTo((byte) 8);
        assertThat(memory.readInt(5)).isEqualTo(0x03040506);
        assertThat(memory.readLong(3)).isEqualTo(0x0102030405060708L);
        assertThat(memory.readShort(21)).isEqualTo((short) -2);
        assertThat(memory.readU16(21)).isEqualTo(0xFFFEL);
        assertThat(memory.readDouble(31)).isEqualTo(1.5);
        assertThat(memory.readF64(31)).isEqualTo(Double.doubleToRawLongBits(1.5));
        assertThat(memory.readFloat(41)).isEqualTo(-2.5f);
        assertThat(memory.readF32(41)).isEqualTo(Float.floatToRawIntBits(-2.5f));
    }

    @ParameterizedTest
    @ValueSource(ints = {PAGE, PAGE - 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void trapsOutsideItsBounds(int address) {
        traps(() -> memory.readShort(address));
        traps(() -> memory.readInt(address));
        traps(() -> memory.readLong(address));
        traps(() -> memory.readFloat(address));
        traps(() -> memory.readDouble(address));
        traps(() -> memory.writeShort(address, (short) 0));
        traps(() -> memory.writeI32(address, 0));
        traps(() -> memory.writeLong(address, 0));
        traps(() -> memory.writeF32(address, 0));
        traps(() -> memory.writeF64(address, 0));
        traps(() -> memory.copy(0, address, 2));
        traps(() -> memory.copy(address, 0, 2));
        traps(() -> memory.write(address, new byte[2], 0, 2));
        traps(() -> memory.readBytes(address, 2));
        traps(() -> memory.fill((byte) 1, address, address + 2));
    }

    @Test
    void trapsOnNegativeSizesAndOnPartsThatASegmentDoesNotHave() {
        traps(() -> memory.copy(0, 0, -1));
        traps(() -> memory.readBytes(0, -1));
        traps(() -> memory.write(0, new byte[4], 2, 3));
        traps(() -> memory.write(0, new byte[4], -1, 1));
    }

    @Test
    void growsToItsMaximumAndKeepsItsContent() {
        memory.writeI32(PAGE - 4, 77);

        assertThat(memory.grow(1)).isEqualTo(1);
        assertThat(memory.grow(2)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
        assertThat(memory.grow(Integer.MAX_VALUE)).isEqualTo(-1);
        assertThat(memory.grow(0)).isEqualTo(2);
        assertThat(memory.grow(1)).isEqualTo(2);

        assertThat(memory.pages()).isEqualTo(3);
        assertThat(memory.readInt(PAGE - 4)).isEqualTo(77);
        assertThat(memory.array()).hasSize(3 * PAGE);
    }

    @Test
    void growsOnlyByWhatItsBudgetGrants() {
        List<Long> asked = new ArrayList<>();
        var granted =
                new FlatMemory(
                        1,
                        9,
                        new MemoryBudget() {
                            @Override
                            public boolean take(long bytes) {
                                return asked.add(bytes) && bytes < 3 * PAGE;
                            }

                            @Override
                            public void giveBack(long bytes) {}
                        },
                        new FakeClock());

        assertThat(granted.grow(2)).isEqualTo(1);
        assertThat(granted.grow(3)).isEqualTo(-1);
        assertThat(granted.grow(0)).isEqualTo(3);
        assertThat(granted.grow(9)).isEqualTo(-1);

        assertThat(asked).containsExactly(2L * PAGE, 3L * PAGE);
    }

    @Test
    void copiesOverlappingRanges() {
        memory.write(0, new byte[] {1, 2, 3, 4}, 0, 4);

        memory.copy(1, 0, 4);

        assertThat(memory.readBytes(0, 5)).containsExactly(1, 1, 2, 3, 4);
    }

    private static void traps(Runnable access) {
        assertThatThrownBy(access::run)
                .isInstanceOf(WasmRuntimeException.class)
                .hasMessageStartingWith("out of bounds memory access");
    }
}
