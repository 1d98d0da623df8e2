using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The AppHost's own program, run on a thread of its own. It stops twice: when it wants to build (the test may still change the model) and when
/// it wants to run (the test starts and stops the application; the program returns from Run when the test is done with it).
/// </summary>
internal sealed class AppHostProgram(Assembly assembly, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : TestDefaults(configure)
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(1);
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _buildAllowed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The builder, once the program has added its resources; fails when the program fails before.</summary>
    public async Task<DistributedApplicationBuilder> FilledAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _filled.Task.WaitAsync(s_startLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException ex)
        {
            throw new TimeoutException($"The program of {assembly.GetName().Name} did not build its application within {s_startLimit.TotalSeconds:0} s.", ex);
        }
    }

    public void Start(string[] args)
    {
        var main = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly.GetName().Name} is not a program: it has no entry point.");
        new Thread(() => Execute(main, args)) { IsBackground = true, Name = assembly.GetName().Name }.Start();
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _buildAllowed.TrySetResult();
        return _built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the program end.</summary>
    public void Release()
    {
        _buildAllowed.TrySetCanceled();
        _done.TrySetResult();
    }

    public override void BuilderCreating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName ??= assembly.GetName().Name;
        base.BuilderCreating(options, settings);
    }

    public override void ApplicationBuilding(DistributedApplicationBuilder builder)
    {
        _filled.TrySetResult(builder);
        _buildAllowed.Task.GetAwaiter().GetResult();
    }

    public override void ApplicationBuilt(DistributedApplication application) => _built.TrySetResult(application);

    public override Func<CancellationToken, Task> Run => _done.Task.WaitAsync;

    private void Execute(MethodInfo main, string[] args)
    {
        Current = this;
        try
        {
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
            (result as Task)?.GetAwaiter().GetResult();
            End(new InvalidOperationException($"The program of {assembly.GetName().Name} ended without building an application."));
        }
        catch (TargetInvocationException ex) when (ex.InnerException is { } inner)
        {
            End(inner);
        }
        catch (Exception ex)
        {
            End(ex);
        }
    }

    private void End(Exception reason)
    {
        _filled.TrySetException(reason);
        _built.TrySetException(reason);
    }
}
