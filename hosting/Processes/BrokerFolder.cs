using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>The files of one RabbitMQ node, none shared with another: data, home (for the Erlang cookie) and configuration.</summary>
/// <param name="data">Kept between runs when it is a volume.</param>
/// <param name="runFolder">Dies with the run.</param>
/// <param name="node">The node's name; part of the data's paths, so it must stay the same between runs.</param>
internal sealed class BrokerFolder(string data, string runFolder, string node)
{
    /// <summary>
    /// How long the broker may take to shut down, in milliseconds. Its management plugin lingers for 5 s when all else is done, and DCP
    /// kills after 6 s. Data that dies with the run need not be put away tidily: what was confirmed survives a kill, too.
    /// </summary>
    public int ShutdownTime => data.StartsWith(runFolder, StringComparison.Ordinal) ? 1000 : 2500;

    /// <summary>Writes the configuration; on a later start of the same run, again.</summary>
    public void Prepare(bool management, RabbitMqBinaries binaries)
    {
        foreach (var folder in new[] { data, Home, Path.Combine(data, "mnesia"), Path.Combine(runFolder, "log") })
        {
            Directory.CreateDirectory(folder);
        }

        ErlangApplications.WriteTo(Applications, binaries.ErlangBinFolder);
        File.WriteAllText(Path.Combine(runFolder, "enabled_plugins"), management ? "[rabbitmq_management].\n" : "[].\n");

        // A laptop's disk and memory: stop publishers early instead of filling either. The quorum queues' log would grow to 512 MB.
        File.WriteAllText(Path.Combine(runFolder, "rabbitmq.conf"), """
            disk_free_limit.absolute = 200MB
            vm_memory_high_watermark.relative = 0.4
            raft.wal_max_size_bytes = 67108864
            log.console.level = info
            """ + "\n");
    }

    public IEnumerable<KeyValuePair<string, object>> Environment(RabbitMqBinaries binaries)
    {
        yield return new("PATH", binaries.ErlangBinFolder + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"));
        yield return new("HOME", Home);
        yield return new("RABBITMQ_NODENAME", node);
        yield return new("RABBITMQ_MNESIA_BASE", Path.Combine(data, "mnesia"));
        yield return new("RABBITMQ_LOG_BASE", Path.Combine(runFolder, "log"));
        yield return new("RABBITMQ_LOGS", "-");
        yield return new("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(runFolder, "enabled_plugins"));
        yield return new("RABBITMQ_CONFIG_FILE", Path.Combine(runFolder, "rabbitmq.conf"));

        // Not the machine's own /etc/rabbitmq.
        yield return new("RABBITMQ_CONFIG_FILES", Path.Combine(runFolder, "conf.d"));
        yield return new("RABBITMQ_ADVANCED_CONFIG_FILE", Path.Combine(runFolder, "advanced.config"));
        yield return new("RABBITMQ_CONF_ENV_FILE", Path.Combine(runFolder, "rabbitmq-env.conf"));
        yield return new("RABBITMQ_SERVER_CODE_PATH", Applications);

        // A start loads hundreds of modules, each handed from thread to thread; with RabbitMQ's `none` each hand-over puts a thread to sleep
        // and wakes it again, which more than doubles the time to start.
        yield return new("RABBITMQ_SCHEDULER_BUSY_WAIT_THRESHOLD", "very_short");
        yield return new("ERL_CRASH_DUMP", Path.Combine(runFolder, "erl_crash.dump"));
    }

    private string Home => Path.Combine(data, "home");

    private string Applications => Path.Combine(runFolder, "applications");
}
