using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.JavaScript;

/// <summary>A JavaScript or TypeScript application.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">The program that runs it.</param>
/// <param name="workingDirectory">The application's folder.</param>
public class JavaScriptAppResource(string name, string command, string workingDirectory)
    : ExecutableResource(name, command, workingDirectory), IResourceWithServiceDiscovery;

/// <summary>A script that Node runs.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">The program that runs it.</param>
/// <param name="workingDirectory">The application's folder.</param>
public class NodeAppResource(string name, string command, string workingDirectory)
    : JavaScriptAppResource(name, command, workingDirectory), IResourceWithServiceDiscovery;

/// <summary>The step that installs an application's packages before it starts.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="workingDirectory">The application's folder.</param>
public class JavaScriptInstallerResource(string name, string workingDirectory) : ExecutableResource(name, "node", workingDirectory);
