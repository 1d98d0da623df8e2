using System.Diagnostics;
using Aspire.Hosting;
using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>A PostgreSQL data folder, made at its first use.</summary>
internal sealed class PostgresDataFolder(PostgresBinaries binaries, UnprivilegedUser? user, string folder, string runFolder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public string Path { get; } = System.IO.Path.Combine(folder, "pgdata");

    public string PidFile => new PostgresPidFile(Path).Path;

    /// <summary>Makes the folder if it is new, and makes sure that no other server uses it.</summary>
    public async Task PrepareAsync(string server, string userName, string password, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path))
        {
            new PostgresPidFile(Path).Clear(server);
            return;
        }

        // Whole or not at all: a killed initdb must not leave a folder that looks finished.
        var unfinished = Path + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        var passwordFile = System.IO.Path.Combine(runFolder, "password");
        await WritePrivateAsync(passwordFile, password + "\n", cancellationToken);
        try
        {
            if (user is not null)
            {
                await user.OwnAsync(folder, cancellationToken);
                await user.OwnAsync(passwordFile, cancellationToken);
            }

            string[] command = [.. user?.Prefix ?? [], binaries.InitDbPath, "--pgdata", unfinished, "--username", userName, "--pwfile", passwordFile, "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-sync", .. Locale];
            var result = await ChildProcess.RunAsync(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder }, Limit, cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new DistributedApplicationException($"The data folder of '{server}' cannot be made (initdb, exit code {result.ExitCode}): {result.Tail}");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(unfinished, Path);
    }

    private static async Task WritePrivateAsync(string path, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    // The pinned version knows a locale that sorts fast and yet folds the case of every script, on every system.
    private string[] Locale => binaries.FromMachine ? ["--locale", "C"] : ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"];
}
