package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.HostCall.always;
import static dev.sluice.abi.hostcall.HostCall.proxy;
import static dev.sluice.abi.hostcall.HostCall.unimplemented;

import java.util.List;

/// Every function of module `env`, of all ABI versions and hosts.
final class ProxyTable {
    static final List<HostCall> ALL =
            List.of(
                    always("proxy_log", "iii:i", calls -> calls.log::log),
                    proxy("proxy_get_log_level", "i:i", calls -> calls.log::level),
                    proxy(
                            "proxy_get_current_time_nanoseconds",
                            "i:i",
                            calls -> calls.timer::currentTime),
                    proxy(
                            "proxy_set_tick_period_milliseconds",
                            "i:i",
                            calls -> calls.timer::tickPeriod),
                    proxy("proxy_get_status", "iii:i", calls -> calls.context::status),
                    proxy(
                            "proxy_set_effective_context",
                            "i:i",
                            calls -> calls.context::setEffective),
                    proxy("proxy_done", ":i", calls -> calls.context::done),
                    proxy(
                            "proxy_get_configuration",
                            "ii:i",
                            calls -> calls.buffers::currentConfiguration),
                    proxy("proxy_get_property", "iiii:i", calls -> calls.properties::get),
                    proxy("proxy_set_property", "iiii:i", calls -> calls.properties::set),
                    proxy("proxy_get_header_map_size", "ii:i", calls -> calls.headers::size),
                    proxy("proxy_get_header_map_pairs", "iii:i", calls -> calls.headers::pairs),
                    proxy("proxy_set_header_map_pairs", "iii:i", calls -> calls.headers::setPairs),
                    proxy("proxy_get_header_map_value", "iiiii:i", calls -> calls.headers::value),
                    proxy("proxy_add_header_map_value", "iiiii:i", calls -> calls.headers::add),
                    proxy(
                            "proxy_replace_header_map_value",
                            "iiiii:i",
                            calls -> calls.headers::replace),
                    proxy("proxy_remove_header_map_value", "iii:i", calls -> calls.headers::remove),
                    proxy("proxy_get_buffer_bytes", "iiiii:i", calls -> calls.buffers::bytes),
                    proxy("proxy_get_buffer_status", "iii:i", calls -> calls.buffers::status),
                    proxy("proxy_set_buffer_bytes", "iiiii:i", calls -> calls.buffers::setBytes),
                    proxy("proxy_continue_stream", "i:i", calls -> calls.streams::resume),
                    proxy("proxy_continue_request", ":i", calls -> calls.streams::resumeRequest),
                    proxy("proxy_continue_response", ":i", calls -> calls.streams::resumeResponse),
                    proxy("proxy_close_stream", "i:i", calls -> calls.streams::close),
                    proxy(
                            "proxy_send_local_response",
                            "iiiiiiii:i",
                            calls -> calls.streams::sendLocalResponse),
                    proxy("proxy_http_call", "iiiiiiiiii:i", calls -> calls.http::call),
                    proxy("proxy_get_shared_data", "iiiii:i", calls -> calls.sharedData::get),
                    proxy("proxy_set_shared_data", "iiiii:i", calls -> calls.sharedData::set),
                    proxy("proxy_call_foreign_function", "iiiiii:i", calls -> calls.foreign::call),
                    always("abort", "iiii:", calls -> calls.runtime::abort),
                    always(
                            "emscripten_notify_memory_growth",
                            "i:",
                            calls -> calls.runtime::memoryGrowth),
                    always("pthread_equal", "ii:i", calls -> calls.runtime::threadEqual),
                    unimplemented("proxy_clear_route_cache", ":i"),
                    unimplemented("proxy_grpc_call", "iiiiiiiiiiii:i"),
                    unimplemented("proxy_grpc_stream", "iiiiiiiii:i"),
                    unimplemented("proxy_grpc_send", "iiii:i"),
                    unimplemented("proxy_grpc_cancel", "i:i"),
                    unimplemented("proxy_grpc_close", "i:i"),
                    unimplemented("proxy_register_shared_queue", "iii:i"),
                    unimplemented("proxy_resolve_shared_queue", "iiiii:i"),
                    unimplemented("proxy_enqueue_shared_queue", "iii:i"),
                    unimplemented("proxy_dequeue_shared_queue", "iii:i"),
                    unimplemented("proxy_define_metric", "iiii:i"),
                    unimplemented("proxy_increment_metric", "ij:i"),
                    unimplemented("proxy_record_metric", "ij:i"),
                    unimplemented("proxy_get_metric", "ii:i"),
                    unimplemented("envoy_resolve_dns", "iii:i"),
                    unimplemented("proxy_redis_init", "iiiiiii:i"),
                    unimplemented("proxy_redis_call", "iiiii:i"),
                    unimplemented("proxy_inject_encoded_data_to_filter_chain", "iii:i"),
                    unimplemented("proxy_get_upstream_hosts", "ii:i"),
                    unimplemented("proxy_set_upstream_override_host", "ii:i"));

    private ProxyTable() {}
}
