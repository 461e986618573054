package dev.sluice.abi.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import run.endive.compiler.internal.Compiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;

/// The classes that one module was compiled to, and their own loader.
///
/// Thread: any, once loaded.
final class ModuleClasses extends ClassLoader {
    private final Map<String, byte[]> pending;

    ModuleClasses(Map<String, byte[]> classes) {
        super(Compiler.class.getClassLoader());
        pending = new HashMap<>(classes);
    }

    /// What makes the machine of an instance.
    MethodHandle machines(String mainClassName) {
        try {
            MethodHandle constructor =
                    MethodHandles.publicLookup()
                            .findConstructor(
                                    loadClass(mainClassName),
                                    MethodType.methodType(void.class, Instance.class));
            return constructor.asType(MethodType.methodType(Machine.class, Instance.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("generated class " + mainClassName, e);
        }
    }

    /// Defines and verifies every class now, so that no caller of the guest pays for it.
    void loadAll() {
        try {
            for (String name : List.copyOf(pending.keySet())) {
                Class.forName(name, true, this);
            }
        } catch (ClassNotFoundException e) {
            throw new LinkageError("generated class " + e.getMessage(), e);
        }
    }

    /// Finds its own classes itself. A parent that is asked for a name keeps a lock for that name
    /// as long as it lives, and the names of generated classes are new with every module.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return pending.containsKey(name) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = pending.remove(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
