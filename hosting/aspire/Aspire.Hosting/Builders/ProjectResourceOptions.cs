namespace Aspire.Hosting;

/// <summary>What of a project's own settings the AppHost takes over.</summary>
public class ProjectResourceOptions
{
    /// <summary>
    /// The launch profile to use. When null: the one that <c>DOTNET_LAUNCH_PROFILE</c> names for the AppHost if the project has it, else the first
    /// of command <c>Project</c>.
    /// </summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether no launch profile is used.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether the section <c>Kestrel:Endpoints</c> of the project's <c>appsettings.json</c> is ignored.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
