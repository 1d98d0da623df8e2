using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>The files of one RabbitMQ node, none shared with another: data, home (for the Erlang cookie) and configuration.</summary>
internal sealed class BrokerFolder
{
    private readonly RabbitMqBinaries _binaries;
    private readonly UnprivilegedUser? _user;
    private readonly string _volume;
    private readonly string _data;
    private readonly string _runFolder;
    private readonly string _node;

    /// <param name="binaries">The broker's programs.</param>
    /// <param name="user">Whom the broker runs as, when that is not the AppHost's user.</param>
    /// <param name="volume">Kept between runs when it is a volume.</param>
    /// <param name="runFolder">Dies with the run.</param>
    /// <param name="node">The node's name; part of the data's paths, so it must stay the same between runs.</param>
    public BrokerFolder(RabbitMqBinaries binaries, UnprivilegedUser? user, string volume, string runFolder, string node)
    {
        (_binaries, _user, _volume, _runFolder, _node) = (binaries, user, volume, runFolder, node);

        // No major version starts with the data of an earlier one, unless that was prepared for it.
        _data = Path.Combine(volume, $"rabbitmq-{binaries.Version.Major}");
    }

    /// <summary>
    /// How long the broker may take to shut down, in milliseconds. Its management plugin lingers for 5 s when all else is done, and DCP
    /// kills after 6 s. Data that is deleted with the run needs no clean shutdown: what was confirmed survives a kill, too.
    /// </summary>
    public int ShutdownTime => _data.StartsWith(_runFolder, StringComparison.Ordinal) ? 1000 : 2500;

    /// <summary>Data of another major version in the volume, which stays there unused; null when there is none, or when this version has data of its own.</summary>
    public string? UnusedData => Directory.Exists(_data) ? null
        : Directory.EnumerateDirectories(_volume).FirstOrDefault(folder => Path.GetFileName(folder) is "mnesia" || Path.GetFileName(folder).StartsWith("rabbitmq-", StringComparison.Ordinal));

    /// <summary>Writes the configuration; on a later start of the same run, again.</summary>
    public async Task PrepareAsync(bool management, CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { Home, Path.Combine(_data, "mnesia"), Logs })
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(Plugins, management ? "[rabbitmq_management].\n" : "[].\n");

        // A laptop's disk and memory: stop publishers early instead of filling either. The quorum queues' log would grow to 512 MB.
        // What is not named here is RabbitMQ's own default, such as the metadata store (Mnesia in 4.0) and the delivery limit.
        File.WriteAllText(Configuration, """
            disk_free_limit.absolute = 200MB
            vm_memory_high_watermark.relative = 0.4
            raft.wal_max_size_bytes = 67108864
            log.console.level = info
            """ + "\n");
        if (_user is not null)
        {
            foreach (var path in new[] { _volume, Logs, Plugins, Configuration })
            {
                await _user.OwnAsync(path, cancellationToken);
            }
        }
    }

    public IEnumerable<KeyValuePair<string, object>> Environment()
    {
        yield return new("PATH", _binaries.ErlangBinFolder + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"));
        yield return new("HOME", Home);
        yield return new("RABBITMQ_NODENAME", _node);
        yield return new("RABBITMQ_MNESIA_BASE", Path.Combine(_data, "mnesia"));
        yield return new("RABBITMQ_LOG_BASE", Logs);
        yield return new("RABBITMQ_LOGS", "-");
        yield return new("RABBITMQ_ENABLED_PLUGINS_FILE", Plugins);
        yield return new("RABBITMQ_CONFIG_FILE", Configuration);

        // Not the machine's own /etc/rabbitmq.
        yield return new("RABBITMQ_CONFIG_FILES", Path.Combine(_runFolder, "conf.d"));
        yield return new("RABBITMQ_ADVANCED_CONFIG_FILE", Path.Combine(_runFolder, "advanced.config"));
        yield return new("RABBITMQ_CONF_ENV_FILE", Path.Combine(_runFolder, "rabbitmq-env.conf"));
        yield return new("ERL_CRASH_DUMP", Path.Combine(Logs, "erl_crash.dump"));
    }

    private string Home => Path.Combine(_data, "home");

    private string Plugins => Path.Combine(_runFolder, "enabled_plugins");

    private string Configuration => Path.Combine(_runFolder, "rabbitmq.conf");

    private string Logs => Path.Combine(_runFolder, "log");
}
