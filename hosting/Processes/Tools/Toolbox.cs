namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>
/// The programs MsaAspire needs and does not carry. Each is fetched once, before its first use, in the version that
/// tools.lock.json pins, to `.tools` of the repository (or to the folder in MSAASPIRE_TOOLS).
/// </summary>
internal static class Toolbox
{
    /// <summary>PostgreSQL 18; where its package is not available, the machine's own.</summary>
    /// <param name="startDirectory">A folder in the repository.</param>
    /// <param name="progress">Lines for the user, said only when something takes time.</param>
    /// <param name="cancellationToken">Ends the fetch; nothing half-finished counts later.</param>
    /// <exception cref="ToolException">It is not available.</exception>
    public static Task<PostgresBinaries> GetPostgresAsync(string startDirectory, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var folder = PublicFolder.Choose(ToolsFolder.Find(startDirectory), "tools");
        return new PostgresTool(new ToolInstaller(folder, progress), Npm(), ToolLock.Current.Postgres, Platform.Current, progress).GetAsync(cancellationToken);
    }

    /// <summary>RabbitMQ of the machine from 4.0 on; else Debian's packages, unpacked without root.</summary>
    /// <inheritdoc cref="GetPostgresAsync"/>
    public static Task<RabbitMqBinaries> GetRabbitMqAsync(string startDirectory, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var folder = PublicFolder.Choose(ToolsFolder.Find(startDirectory), "tools");
        return new RabbitMqTool(new ToolInstaller(folder, progress), new DebianArchives(AptClient.Find()), ToolLock.Current.RabbitMq, Platform.Current, progress).GetAsync(cancellationToken);
    }

    private static NpmClient Npm() => new(Machine.FindProgram("npm"));
}
