namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>A RabbitMQ that somebody has installed on this machine.</summary>
internal static class RabbitMqOfMachine
{
    private static readonly Version Oldest = new(4, 0);

    /// <summary>Null where there is none, or none that is new enough, which the user is told.</summary>
    public static RabbitMqBinaries? Find(IProgress<string>? progress)
    {
        // Debian's /usr/sbin/rabbitmq-server is a wrapper that insists on root and changes to the user rabbitmq; the first is what it calls.
        var found = new[] { "/usr/lib/rabbitmq/bin/rabbitmq-server", Machine.FindProgram("rabbitmq-server", "/usr/local/sbin", "/opt/homebrew/sbin") }.FirstOrDefault(File.Exists);
        if (found is null)
        {
            return null;
        }

        var server = Machine.Resolve(found);
        var version = VersionOf(server);
        if (version is null || version < Oldest)
        {
            progress?.Report($"Not using RabbitMQ of this machine ({found}): it is {(version is null ? "of an unknown version" : $"RabbitMQ {version}")}, and {Oldest} or later is needed.");
            return null;
        }

        if (Machine.FindProgram("erl", "/usr/lib/erlang/bin", "/usr/local/bin", "/opt/homebrew/bin") is not { } erl)
        {
            progress?.Report($"Not using RabbitMQ of this machine ({found}): Erlang (`erl`) is not on PATH.");
            return null;
        }

        var erlang = Path.GetDirectoryName(Machine.Resolve(erl))!;
        var runtimes = Directory.EnumerateDirectories(Path.GetDirectoryName(erlang)!, "erts-*").Select(folder => Path.Combine(folder, "bin"));
        return Machine.FindProgram("epmd", [erlang, .. runtimes]) is { } epmd ? new RabbitMqBinaries(server, epmd, Path.GetDirectoryName(erl)!, version) : null;
    }

    /// <summary>By the name of the broker's own folder, `plugins/rabbit-4.0.5`, beside the folder of its scripts.</summary>
    public static Version? VersionOf(string server)
    {
        var plugins = Path.Combine(Path.GetDirectoryName(server)!, "..", "plugins");
        return Directory.Exists(plugins)
            ? Directory.EnumerateFileSystemEntries(plugins, "rabbit-*").Select(path => Path.GetFileName(path)["rabbit-".Length..].Replace(".ez", "", StringComparison.Ordinal).Split('-', '+')[0])
                .Select(text => Version.TryParse(text, out var version) ? version : null).Max()
            : null;
    }
}
