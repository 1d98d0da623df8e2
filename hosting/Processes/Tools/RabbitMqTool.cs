namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>RabbitMQ: the machine's own, else unpacked from the distribution's packages.</summary>
internal sealed class RabbitMqTool(string toolsFolder, ToolInstaller installer)
{
    public async Task<RabbitMqBinaries> GetAsync(CancellationToken cancellationToken)
    {
        if (FindOnMachine() is { } found)
        {
            return found;
        }

        var packages = DebianPackages.Detect()
            ?? throw new ToolException($"RabbitMQ is not on this machine, and only Debian and Ubuntu (with apt-get, apt-cache and dpkg) let it be fetched without root. Way out: {WayOut}.");
        var name = $"rabbitmq-{packages.Distribution}-{Platform.Current}";
        var target = Path.Combine(toolsFolder, name);
        var folder = await installer.EnsureAsync(
            name, $"Fetching RabbitMQ and Erlang of {packages.Distribution} (34 MB)",
            identity: $"{packages.Distribution} in {target}, pruned", // `erl` gets this path written into it, so a moved clone needs it anew
            [Path.Combine("usr", "lib", "erlang", "bin", "erl")],
            (temporary, ct) => PrepareAsync(packages, temporary, target, ct),
            cancellationToken);
        return Provisioned(folder);
    }

    private static string WayOut => OperatingSystem.IsMacOS()
        ? "`brew install rabbitmq`, or start a container engine and set Backing=container"
        : "install rabbitmq-server so that it is on PATH, or start a container engine and set Backing=container";

    private static async Task<string> PrepareAsync(DebianPackages packages, string temporary, string target, CancellationToken cancellationToken)
    {
        var root = await packages.UnpackAsync("rabbitmq-server", with: "erlang-", temporary, WayOut, cancellationToken);
        var erl = Path.Combine(root, "usr", "lib", "erlang", "bin", "erl");
        var script = await File.ReadAllTextAsync(erl, cancellationToken);
        await File.WriteAllTextAsync(erl, script.Replace("/usr/lib/erlang", Path.Combine(target, "usr", "lib", "erlang"), StringComparison.Ordinal), cancellationToken);
        RabbitMqPlugins.Prune(Path.Combine(Home(root), "plugins"));
        return root;
    }

    private static string Home(string root) => Directory.EnumerateDirectories(Path.Combine(root, "usr", "lib", "rabbitmq", "lib")).Single();

    private static RabbitMqBinaries Provisioned(string folder)
    {
        var erlang = Path.Combine(folder, "usr", "lib", "erlang", "bin");
        return new RabbitMqBinaries(Path.Combine(Home(folder), "sbin", "rabbitmq-server"), Path.Combine(erlang, "epmd"), erlang, FromMachine: false);
    }

    private static RabbitMqBinaries? FindOnMachine()
    {
        // Debian's /usr/sbin/rabbitmq-server is a wrapper that insists on root and changes to the user rabbitmq; this is what it calls.
        const string BehindTheWrapper = "/usr/lib/rabbitmq/bin/rabbitmq-server";
        var server = File.Exists(BehindTheWrapper) ? BehindTheWrapper : Machine.FindProgram("rabbitmq-server", "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin");
        var erl = Machine.FindProgram("erl", "/usr/lib/erlang/bin", "/usr/local/bin", "/opt/homebrew/bin");
        if (server is null || erl is null)
        {
            return null;
        }

        var erlang = Path.GetDirectoryName(Machine.Resolve(erl))!;
        var runtimes = Directory.EnumerateDirectories(Path.GetDirectoryName(erlang)!, "erts-*").Select(folder => Path.Combine(folder, "bin"));
        var epmd = Machine.FindProgram("epmd", [erlang, .. runtimes]);
        return epmd is null ? null : new RabbitMqBinaries(server, epmd, Path.GetDirectoryName(erl)!, FromMachine: true);
    }
}
