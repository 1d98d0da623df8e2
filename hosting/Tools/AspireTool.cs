using System.Diagnostics;

namespace MsaAspire.Tools;

/// <summary>DCP and the dashboard, which the Aspire command line carries inside itself and unpacks on demand.</summary>
internal sealed class AspireTool(ToolInstaller installer, NpmClient npm, LockedTool tool, string platform)
{
    private static readonly TimeSpan UnpackLimit = TimeSpan.FromMinutes(3);
    private static readonly string Cli = Path.Combine("bin", Platform.Executable("aspire"));
    private static readonly string Dcp = Path.Combine("bundle", "dcp", Platform.Executable("dcp"));
    private static readonly string Dashboard = Path.Combine("bundle", "managed", Platform.Executable("aspire-managed"));

    public async Task<AspireBundle> GetAsync(CancellationToken cancellationToken)
    {
        var package = tool.For(platform);
        var folder = await installer.EnsureAsync(
            $"aspire-{tool.Version}-{platform}", $"Fetching {tool.Description} ({tool.Megabytes} MB)", package.Integrity ?? tool.Version, [Cli, Dcp, Dashboard],
            async (temporary, ct) =>
            {
                var unpacked = await npm.FetchAsync(tool, package, temporary, ct);
                await UnpackBundleAsync(unpacked, home: Path.Combine(temporary, "home"), ct);
                return unpacked;
            },
            cancellationToken);
        return new AspireBundle(Path.Combine(folder, Dcp), Path.Combine(folder, Dashboard), Path.Combine(folder, Cli));
    }

    // The command line looks for the bundle it has unpacked in `bundle` beside its own `bin`: only there does it report success,
    // and only there does it find it again later instead of unpacking once more into the user's home.
    private static async Task UnpackBundleAsync(string package, string home, CancellationToken cancellationToken)
    {
        var cli = Path.Combine(package, Cli);
        FileModes.LetEveryoneExecute(cli);
        Directory.CreateDirectory(home);
        var start = new ProcessStartInfo(cli, ["setup", "--nologo", "--non-interactive", "--install-path", package]);
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = home;
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        var result = await ChildProcess.RunAsync(start, UnpackLimit, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new ToolException($"`aspire setup` could not unpack DCP and the dashboard (exit code {result.ExitCode}):\n{result.Tail}");
        }

        // It leaves a link with an absolute path, which does not survive the move to the final place.
        var link = Path.Combine(package, "bundle");
        Directory.Delete(link);
        Directory.Move(Directory.EnumerateDirectories(Path.Combine(package, "versions")).Single(), link);
        Directory.Delete(Path.Combine(package, "versions"));
        FileModes.LetEveryoneExecute(Path.Combine(package, Dcp));
        FileModes.LetEveryoneExecute(Path.Combine(package, Dashboard));
    }
}
