package dev.sluice.abi.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntTableTest {
    @Test
    void behavesAsAMap() {
        IntTable<Integer> table = new IntTable<>();
        Map<Integer, Integer> model = new HashMap<>();
        Random random = new Random(1);

        for (int i = 0; i < 200_000; i++) {
            int key = 1 + random.nextInt(500);
            if (random.nextBoolean()) {
                table.put(key, i);
                model.put(key, i);
            } else {
                assertThat(table.remove(key)).isEqualTo(model.remove(key));
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        for (int key = 1; key <= 500; key++) {
            assertThat(table.get(key)).isEqualTo(model.get(key));
        }
    }
}
