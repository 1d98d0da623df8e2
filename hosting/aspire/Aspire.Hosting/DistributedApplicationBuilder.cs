using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Cli;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <inheritdoc cref="IDistributedApplicationBuilder"/>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;
    private readonly AppHostObserver? _observer;
    private bool _built;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _observer = AppHostObserver.Current;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        _observer?.BuilderCreating(options, settings);

        AppHostAssembly = options.Assembly;
        AppHostDirectory = options.ProjectDirectory ?? AppHostMetadata.DirectoryOf(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        settings.ContentRootPath = AppHostDirectory;
        settings.ApplicationName = AppHostMetadata.NameOf(AppHostAssembly);
        _host = new HostApplicationBuilder(settings);
        if (AppHostAssembly is not null && Environment.IsDevelopment())
        {
            Configuration.AddUserSecrets(AppHostAssembly, optional: true);
        }

        if (options.Args is { Length: > 0 } args)
        {
            Configuration.AddCommandLine(args, PublishingSwitches.Mappings);
        }

        AppHostPath = Path.Combine(AppHostDirectory, AppHostMetadata.NameOf(AppHostAssembly) ?? "AppHost");
        _executionContextOptions = ReadOperation();
        ExecutionContext = new DistributedApplicationExecutionContext(_executionContextOptions);
        AddDefaultConfiguration(options);
        AddServices(options);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public Assembly? AppHostAssembly { get; }

    public string AppHostDirectory { get; }

    /// <summary>Full path of the AppHost's project without the extension.</summary>
    public string AppHostPath { get; }

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection([]);

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.TryGetByName(resource.Name, out var existing))
        {
            throw new DistributedApplicationException(
                $"There are two resources named '{resource.Name}': a {existing.GetType().Name} and a {typeof(T).Name}. "
                + "Names are compared without regard to case; give one of them another name.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DistributedApplicationResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        if (_built)
        {
            throw new InvalidOperationException("Build can be called once.");
        }

        _built = true;
        _observer?.ApplicationBuilding(this);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        var application = new DistributedApplication(_host.Build()) { Observer = _observer };
        _executionContextOptions.ServiceProvider = application.Services;
        _observer?.ApplicationBuilt(application);
        return application;
    }

    private void AddServices(DistributedApplicationOptions options)
    {
        Services.AddSingleton(options);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddHealthChecks();
        Services.AddHttpClient();
        if (ExecutionContext.IsPublishMode)
        {
            this.AddPublishing();
            return;
        }

        this.AddOrchestration();
        if (!options.DisableDashboard)
        {
            this.AddDashboard();
        }

        // A test drives the application itself.
        if (_observer is null)
        {
            this.AddCli(AppHostMetadata.ProjectFileOf(AppHostAssembly) ?? AppHostPath);
        }
    }

    private DistributedApplicationExecutionContextOptions ReadOperation()
    {
        var publisher = Configuration["Publishing:Publisher"];
        var operation = Configuration["AppHost:Operation"];
        return operation?.ToLowerInvariant() switch
        {
            "publish" => new(DistributedApplicationOperation.Publish, publisher ?? "manifest"),
            "run" => new(DistributedApplicationOperation.Run),
            null or "" => publisher is null ? new(DistributedApplicationOperation.Run) : new(DistributedApplicationOperation.Publish, publisher),
            _ => throw new DistributedApplicationException($"The operation '{operation}' is not known. Use --operation run or --operation publish."),
        };
    }

    /// <summary>What other parts read of the AppHost's identity, and keys that are made up for one run. Sits below everything the user configured.</summary>
    private void AddDefaultConfiguration(DistributedApplicationOptions options)
    {
        var name = Environment.ApplicationName;
        var pathHash = Hash(AppHostPath.ToLowerInvariant());
        var defaults = new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = AppHostPath,
            ["AppHost:DashboardApplicationName"] = options.DashboardApplicationName ?? name,
            ["AppHost:PathSha256"] = pathHash,
            ["AppHost:ProjectNameSha256"] = Hash(name),
            ["AppHost:Sha256"] = ExecutionContext.IsPublishMode ? Hash(name) : pathHash,
            ["AppHost:BrowserToken"] = NewKey(),
            ["AppHost:OtlpApiKey"] = NewKey(),
            ["AppHost:DashboardApiKey"] = NewKey(),
            ["AppHost:ResourceService:AuthMode"] = "ApiKey",
            ["AppHost:ResourceService:ApiKey"] = NewKey(),
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
            ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        };
        Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults });
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
