package dev.sluice.abi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleClassesTest {
    /// A class that the parent would find too.
    static final class Known {}

    @Test
    void doesNotAskItsParentForItsOwnClasses() throws ClassNotFoundException, IOException {
        String name = Known.class.getName();
        var classes = new ModuleClasses(Map.of(name, bytes(Known.class)));

        assertThat(classes.loadClass(name).getClassLoader()).isSameAs(classes);
        assertThat(classes.loadClass(name)).isSameAs(classes.loadClass(name));
    }

    @Test
    void asksItsParentForEverythingElse() throws ClassNotFoundException {
        assertThat(new ModuleClasses(Map.of()).loadClass(ModuleClasses.class.getName()))
                .isSameAs(ModuleClasses.class);
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String resource = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }
}
