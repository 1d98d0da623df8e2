using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Starts projects without <c>dotnet run</c>.</summary>
public static class BuiltProjectsExtensions
{
    /// <summary>
    /// In run mode, starts the program that the AppHost's build made of each project, instead of <c>dotnet run --no-build</c>, which costs
    /// seconds of processor time and up to 100 MB of memory a project for as long as it runs. What is run, its environment and its working folder stay the same.
    /// </summary>
    /// <remarks>
    /// An IDE and <c>dotnet watch</c> start projects their own way, and still do. So do projects that the AppHost does not reference, and those
    /// without a program of their own (<c>UseAppHost=false</c>).
    /// </remarks>
    public static IDistributedApplicationBuilder RunBuiltProjects(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ExecutionContext.IsRunMode && !IsStartedByTool(builder.Configuration))
        {
            builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
            {
                foreach (var project in start.Model.GetProjectResources())
                    UseBuiltProgram(project, builder.AppHostAssembly);
                return Task.CompletedTask;
            });
        }

        return builder;
    }

    private static bool IsStartedByTool(ConfigurationManager configuration) =>
        !string.IsNullOrEmpty(configuration["DEBUG_SESSION_PORT"]) || configuration["DOTNET_WATCH"] is "1" or "true";

    private static void UseBuiltProgram(ProjectResource project, Assembly? appHost)
    {
        var path = project.GetProjectMetadata().ProjectPath;
        // Written by build/MsaAspire.Hosting.Processes.targets.
        var assembly = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == path)?.Value;
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        if (File.Exists(program) && !project.HasAnnotationOfType<ExecutableAnnotation>())
            project.Annotations.Add(new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(path)! });
    }
}
