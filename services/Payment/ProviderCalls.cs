using MsaAspire.Data;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Payment;

/// <summary>Asks the provider about the charges that are due, many at once. What is not answered stays due, for this or another replica.</summary>
internal sealed class ProviderCalls(
    IServiceScopeFactory scopes, DueCharges due, ProviderAnswers answers, [FromKeyedServices(PaymentModule.Database)] Migrator migrator, ILogger<ProviderCalls> logger)
    : BackgroundLoop("payment provider calls", logger)
{
    private const int MostAtOnce = 512, MaxAttempts = 6;

    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromSeconds(1), s_firstDelay = TimeSpan.FromMilliseconds(500), s_longestDelay = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private int _running;
    private volatile bool _backlog;

    /// <summary>Starts new charges at once, while there is room and none waits longer; the others are left to the sweep.</summary>
    public void Start(IReadOnlyList<DueCharge> charges)
    {
        var later = charges.Where(charge => _backlog || !TryStart(charge)).Select(charge => charge.OrderId).ToList();
        if (later.Count == 0)
            return;
        _backlog = true;
        _ = ReleaseAsync(later);
    }

    /// <summary>Something became due.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Two at once; one is enough.
            }
        }
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await using var registration = stopping.Register(_stopping.Cancel);
        await migrator.Completed.WaitAsync(stopping);
        while (true)
        {
            var room = MostAtOnce - Volatile.Read(ref _running);
            if (room > 0)
            {
                var taken = await due.TakeAsync(room, stopping);
                foreach (var charge in taken)
                    TryStart(charge);
                _backlog = taken.Count == room;
            }

            Running();
            await _wake.WaitAsync(s_sweepInterval, stopping);
        }
    }

    private bool TryStart(DueCharge charge)
    {
        if (Interlocked.Increment(ref _running) > MostAtOnce)
        {
            Interlocked.Decrement(ref _running);
            return false;
        }

        _ = AskAsync(charge, _stopping.Token);
        return true;
    }

    /// <summary>Never fails: a charge whose outcome is not stored is due again when its lease ends.</summary>
    private async Task AskAsync(DueCharge charge, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var provider = scope.ServiceProvider.GetRequiredService<ProviderClient>();
            var answer = charge.Status == ChargeStatus.Pending
                ? await provider.ChargeAsync(charge, stopping)
                : await provider.RefundAsync(charge.OrderId, stopping);
            await answers.AddAsync(new(charge, answer), stopping);
        }
        catch (ProviderUnavailableException e)
        {
            await AskLaterAsync(charge, e, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(e, "The provider's answer for order {Order} was not processed; it is asked again when the lease ends", charge.OrderId);
        }
        catch (OperationCanceledException)
        {
            // Another replica asks when the lease ends.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task AskLaterAsync(DueCharge charge, ProviderUnavailableException cause, CancellationToken stopping)
    {
        try
        {
            if (charge is { Status: ChargeStatus.Pending, Attempt: >= MaxAttempts })
            {
                logger.LogWarning("Order {Order} is not charged after {Attempts} attempts: {Reason}", charge.OrderId, charge.Attempt, cause.Message);
                await due.GiveUpAsync(charge, "the payment provider did not answer", stopping);
                Wake();
                return;
            }

            var delay = s_firstDelay * Math.Pow(2, Math.Min(charge.Attempt - 1, 10));
            delay = delay < s_longestDelay ? delay : s_longestDelay;
            logger.LogInformation("The provider is asked again about order {Order} ({Status}) in {Delay}: {Reason}", charge.OrderId, charge.Status, delay, cause.Message);
            await due.PostponeAsync(charge, delay, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogWarning("The provider is asked again about order {Order} when the lease ends: {Reason}", charge.OrderId, e.Message);
        }
        catch (OperationCanceledException)
        {
            // Another replica asks when the lease ends.
        }
    }

    private async Task ReleaseAsync(List<Guid> orders)
    {
        try
        {
            await due.ReleaseAsync(orders, _stopping.Token);
        }
        catch (Exception e)
        {
            logger.LogWarning("{Count} charges are started when their lease ends: {Reason}", orders.Count, e.Message);
        }
    }
}
