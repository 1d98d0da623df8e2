using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.JavaScript;

/// <summary>Files that a Docker build copies before it installs packages, so that the layer is reused while they stay the same.</summary>
public sealed record CopyFilePattern(string Source, string Destination);

/// <summary>The package manager of an application.</summary>
/// <param name="executableName">The program, e.g. <c>npm</c>.</param>
/// <param name="runScriptCommand">Its word for "run this script", e.g. <c>run</c>.</param>
/// <param name="cacheMount">Where it keeps its cache in a Docker build.</param>
public sealed class JavaScriptPackageManagerAnnotation(string executableName, string? runScriptCommand, string? cacheMount = null)
    : IResourceAnnotation
{
    /// <summary>The program, e.g. <c>npm</c>.</summary>
    public string ExecutableName { get; } = executableName;

    /// <summary>Its word for "run this script", e.g. <c>run</c>.</summary>
    public string? ScriptCommand { get; } = runScriptCommand;

    /// <summary>Where it keeps its cache in a Docker build.</summary>
    public string? CacheMount { get; } = cacheMount;

    /// <summary>The files that decide which packages are installed.</summary>
    public List<CopyFilePattern> PackageFilesPatterns { get; } = [];
}

/// <summary>The arguments that make the package manager install packages.</summary>
public sealed class JavaScriptInstallCommandAnnotation(string[] args) : IResourceAnnotation
{
    /// <summary>The arguments, e.g. <c>install</c>.</summary>
    public string[] Args { get; } = args;
}

/// <summary>The package script that builds the application.</summary>
public sealed class JavaScriptBuildScriptAnnotation(string scriptName, string[]? args) : IResourceAnnotation
{
    /// <summary>The script's name in package.json.</summary>
    public string ScriptName { get; } = scriptName;

    /// <summary>What is passed to the script.</summary>
    public string[] Args { get; } = args ?? [];
}

/// <summary>The package script that runs the application in place of Node itself.</summary>
public sealed class JavaScriptRunScriptAnnotation(string scriptName, string[]? args) : IResourceAnnotation
{
    /// <summary>The script's name in package.json.</summary>
    public string ScriptName { get; } = scriptName;

    /// <summary>What is passed to the script.</summary>
    public string[] Args { get; } = args ?? [];
}

/// <summary>Leads from an application to the resource that installs its packages.</summary>
public sealed class JavaScriptPackageInstallerAnnotation(ExecutableResource installerResource) : IResourceAnnotation
{
    /// <summary>The installer.</summary>
    public ExecutableResource Resource { get; } = installerResource;
}
