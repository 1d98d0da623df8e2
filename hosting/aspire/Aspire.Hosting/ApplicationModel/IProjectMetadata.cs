using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project is; implemented by the generated <c>Projects.*</c> classes.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }

    /// <summary>Launch settings to use instead of the project's file.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether somebody else has built the project already.</summary>
    bool SuppressBuild => false;
}
