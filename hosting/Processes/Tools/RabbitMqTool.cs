namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>RabbitMQ: the machine's own where it is new enough, else Debian's packages, unpacked.</summary>
internal sealed class RabbitMqTool(ToolInstaller installer, DebianArchives archives, LockedTool<LockedArchives> tool, string platform, IProgress<string>? progress)
{
    public async Task<RabbitMqBinaries> GetAsync(CancellationToken cancellationToken) =>
        RabbitMqOfMachine.Find(progress) ?? await InstallAsync(cancellationToken);

    internal async Task<RabbitMqBinaries> InstallAsync(CancellationToken cancellationToken)
    {
        var packages = tool.For(platform);
        var folder = await installer.EnsureAsync(
            $"rabbitmq-{tool.Version}-{platform}", $"Fetching {tool.Description} ({tool.Megabytes} MB)",
            identity: string.Join(' ', packages.Values.Append("pruned, with loader scripts")),
            [Server],
            async (temporary, ct) => Prepare(await archives.UnpackAsync(tool, packages, temporary, ct)),
            cancellationToken);
        var bin = Runtime(folder);
        return new RabbitMqBinaries(Path.Combine(folder, Server), Path.Combine(bin, "epmd"), bin, Version.Parse(tool.Version));
    }

    private string Server => Path.Combine("usr", "lib", "rabbitmq", "lib", $"rabbitmq_server-{tool.Version}", "sbin", "rabbitmq-server");

    private string Prepare(string root)
    {
        var scripts = Path.GetDirectoryName(Path.Combine(root, Server))!;
        RabbitMqPlugins.Prune(Path.Combine(scripts, "..", "plugins"));
        Quote(Path.Combine(scripts, "rabbitmq-env"), "dirname $SCRIPT_PATH", "dirname \"$SCRIPT_PATH\"");
        Quote(Path.Combine(scripts, "rabbitmq-env"), ". ${RABBITMQ_SCRIPTS_DIR}/rabbitmq-defaults", ". \"${RABBITMQ_SCRIPTS_DIR}/rabbitmq-defaults\"");

        // What was unpacked for /usr/bin works there only. Beside the programs in `bin`, of which each runtime has its own, are boot files.
        var erlang = Path.Combine(root, "usr", "lib", "erlang");
        Directory.Delete(Path.Combine(root, "usr", "bin"), recursive: true);
        foreach (var program in Directory.EnumerateFiles(Path.Combine(erlang, "bin")).Where(file => !file.EndsWith(".boot", StringComparison.Ordinal)))
        {
            File.Delete(program);
        }

        LoaderScripts.Write(erlang, Directory.EnumerateDirectories(Path.Combine(root, "usr", "lib"), "*-linux-gnu").Single());
        var erl = Path.Combine(Runtime(root), "erl");
        File.WriteAllText(erl, """
            #!/bin/sh
            BINDIR=${0%/*}
            ROOTDIR=$(cd -P "$BINDIR/../.." && pwd)
            EMU=beam
            PROGNAME=erl
            export BINDIR ROOTDIR EMU PROGNAME
            exec "$BINDIR/erlexec" "$@"
            """ + "\n");
        FileModes.LetEveryoneExecute(erl);
        FileModes.LetEveryoneRead(root);
        return root;
    }

    private static string Runtime(string root) => Path.Combine(Directory.EnumerateDirectories(Path.Combine(root, "usr", "lib", "erlang"), "erts-*").Single(), "bin");

    // Without the quotes a space in the clone's path ends the script.
    private static void Quote(string script, string unquoted, string quoted)
    {
        var text = File.ReadAllText(script);
        File.WriteAllText(script, text.Contains(unquoted, StringComparison.Ordinal)
            ? text.Replace(unquoted, quoted, StringComparison.Ordinal)
            : throw new ToolException($"{Path.GetFileName(script)} of the Debian package does not hold `{unquoted}`."));
    }
}
