package dev.sluice.abi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModuleClassesTest {
    /// A class that the parent would find too.
    static final class Known {}

    @Test
    void doesNotAskItsParentForItsOwnClasses() throws ClassNotFoundException {
        var classes = new ModuleClasses();
        String name = Known.class.getName();
        classes.put(name.replace('.', '/'), classes.resolve(Known.class));

        assertThat(classes.loadClass(name).getClassLoader()).isSameAs(classes);
        assertThat(classes.loadClass(name)).isSameAs(classes.loadClass(name));
    }

    @Test
    void asksItsParentForEverythingElse() throws ClassNotFoundException {
        assertThat(new ModuleClasses().loadClass(ModuleClasses.class.getName()))
                .isSameAs(ModuleClasses.class);
    }
}
