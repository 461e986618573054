package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.HostCall.always;
import static dev.sluice.abi.hostcall.HostCall.fixed;

import java.util.List;

/// Every function of WASI preview 1, under both names that the module has.
final class WasiTable {
    static final List<HostCall> ALL =
            List.of(
                    fixed("args_get", "ii:i", Errno.SUCCESS),
                    always("args_sizes_get", "ii:i", calls -> calls.wasi::argumentSizes),
                    always("environ_get", "ii:i", calls -> calls.wasi::environment),
                    always("environ_sizes_get", "ii:i", calls -> calls.wasi::environmentSizes),
                    always("clock_res_get", "ii:i", calls -> calls.wasi::resolution),
                    always("clock_time_get", "iji:i", calls -> calls.wasi::time),
                    fixed("fd_advise", "ijji:i", Errno.SUCCESS),
                    always("fd_allocate", "ijj:i", calls -> calls.wasi::outputOnly),
                    fixed("fd_close", "i:i", Errno.SUCCESS),
                    always("fd_datasync", "i:i", calls -> calls.wasi::outputOnly),
                    always("fd_fdstat_get", "ii:i", calls -> calls.wasi::descriptorStatus),
                    fixed("fd_fdstat_set_flags", "ii:i", Errno.NOSYS),
                    always("fd_fdstat_set_rights", "ijj:i", calls -> calls.wasi::outputOnly),
                    fixed("fd_filestat_get", "ii:i", Errno.BADF),
                    always("fd_filestat_set_size", "ij:i", calls -> calls.wasi::outputOnly),
                    always("fd_filestat_set_times", "ijji:i", calls -> calls.wasi::outputOnly),
                    fixed("fd_pread", "iiiji:i", Errno.NOSYS),
                    fixed("fd_prestat_get", "ii:i", Errno.BADF),
                    fixed("fd_prestat_dir_name", "iii:i", Errno.NOSYS),
                    always("fd_pwrite", "iiiji:i", calls -> calls.wasi::writeAt),
                    fixed("fd_read", "iiii:i", Errno.NOSYS),
                    always("fd_readdir", "iiiji:i", calls -> calls.wasi::readDirectory),
                    always("fd_renumber", "ii:i", calls -> calls.wasi::renumber),
                    always("fd_seek", "ijii:i", calls -> calls.wasi::seek),
                    always("fd_sync", "i:i", calls -> calls.wasi::outputOnly),
                    always("fd_tell", "ii:i", calls -> calls.wasi::tell),
                    always("fd_write", "iiii:i", calls -> calls.wasi::write),
                    fixed("path_create_directory", "iii:i", Errno.NOTSUP),
                    fixed("path_filestat_get", "iiiii:i", Errno.NOTSUP),
                    fixed("path_filestat_set_times", "iiiijji:i", Errno.NOTSUP),
                    fixed("path_link", "iiiiiii:i", Errno.NOTSUP),
                    fixed("path_open", "iiiiijjii:i", Errno.NOENT),
                    fixed("path_readlink", "iiiiii:i", Errno.NOTSUP),
                    fixed("path_remove_directory", "iii:i", Errno.NOTSUP),
                    fixed("path_rename", "iiiiii:i", Errno.NOTSUP),
                    fixed("path_symlink", "iiiii:i", Errno.NOTSUP),
                    fixed("path_unlink_file", "iii:i", Errno.NOTSUP),
                    always("poll_oneoff", "iiii:i", calls -> calls.wasi::poll),
                    always("proc_exit", "i:", calls -> calls.wasi::exit),
                    fixed("proc_raise", "i:i", Errno.NOTSUP),
                    always("random_get", "ii:i", calls -> calls.wasi::random),
                    fixed("sched_yield", ":i", Errno.SUCCESS),
                    fixed("sock_accept", "iii:i", Errno.NOTSUP),
                    fixed("sock_recv", "iiiiii:i", Errno.NOTSUP),
                    fixed("sock_send", "iiiii:i", Errno.NOTSUP),
                    fixed("sock_shutdown", "ii:i", Errno.NOTSUP));

    private WasiTable() {}
}
