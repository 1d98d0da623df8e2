using System.Threading.Channels;
using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Payment;

/// <summary>
/// Calls the provider for many orders concurrently and commits its answers in batches. When it is full or dies, the charge's lease expires
/// and this or another replica takes the charge again.
/// </summary>
internal sealed class ChargeRunner(
    PaymentProvider provider, Charges charges, [FromKeyedServices(PaymentModule.Database)] Migrator migrator, ILogger<ChargeRunner> logger)
    : BackgroundService
{
    private const int AtOnce = 1024, LargestBatch = 64, Attempts = 6;
    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(10), SweepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500), LongestDelay = TimeSpan.FromSeconds(30);

    private readonly Channel<ChargeResult> _results = Channel.CreateBounded<ChargeResult>(AtOnce);
    private readonly CancellationTokenSource _stopping = new();
    private int _running;

    /// <summary>Starts a charge; leaves it to the sweep when too many are in progress.</summary>
    public void Start(PendingCharge charge)
    {
        if (Interlocked.Increment(ref _running) > AtOnce)
        {
            Interlocked.Decrement(ref _running);
            return;
        }

        _ = RunAsync(charge, _stopping.Token);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var registration = stoppingToken.Register(_stopping.Cancel);
        await migrator.Completed.WaitAsync(stoppingToken);
        await Task.WhenAll(CommitResultsAsync(stoppingToken), SweepAsync(stoppingToken));
    }

    private async Task RunAsync(PendingCharge charge, CancellationToken stopping)
    {
        try
        {
            await _results.Writer.WriteAsync(new(charge, await AskAsync(charge, stopping)), stopping);
        }
        catch (ProviderUnavailableException e) when (charge.Request.Attempt >= Attempts)
        {
            logger.LogWarning("Order {Order} is not charged after {Attempts} attempts: {Reason}", charge.Request.OrderId, Attempts, e.Message);
            await _results.Writer.WriteAsync(new(charge, "the payment provider did not answer"), stopping);
        }
        catch (ProviderUnavailableException e)
        {
            var delay = FirstDelay * Math.Pow(2, charge.Request.Attempt - 1);
            logger.LogInformation("Order {Order} is charged again in {Delay}: {Reason}", charge.Request.OrderId, delay, e.Message);
            await PostponeAsync(charge, delay < LongestDelay ? delay : LongestDelay, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It is taken again when its lease expires.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task<string?> AskAsync(PendingCharge charge, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(ProviderTimeout);
        try
        {
            return await provider.ChargeAsync(charge.Request, limit.Token);
        }
        catch (OperationCanceledException e) when (!stopping.IsCancellationRequested)
        {
            throw new ProviderUnavailableException($"no answer within {ProviderTimeout.TotalSeconds:0} s ({e.Message})");
        }
    }

    private async Task PostponeAsync(PendingCharge charge, TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            await charges.PostponeAsync(charge, delay, stopping);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            logger.LogWarning("Order {Order} is charged again when its lease ends: {Reason}", charge.Request.OrderId, e.Message);
        }
    }

    private async Task CommitResultsAsync(CancellationToken stopping)
    {
        var batch = new List<ChargeResult>(LargestBatch);
        var pace = new Pace(TimeProvider.System);
        while (await _results.Reader.WaitToReadAsync(stopping))
        {
            if (_results.Reader.Count < LargestBatch)
                await pace.WaitAsync(stopping);
            while (batch.Count < LargestBatch && _results.Reader.TryRead(out var result))
                batch.Add(result);
            pace.Begin(batch.Count);
            await CommitAsync(batch, stopping);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<ChargeResult> batch, CancellationToken stopping)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                // Not cancelled: the provider has charged, and a commit takes milliseconds.
                await charges.DecideAsync(batch, CancellationToken.None);
                return;
            }
            catch (Exception e) when (e is NpgsqlException { IsTransient: true } or TimeoutException or IOException)
            {
                logger.LogWarning("The provider's answers for {Count} orders cannot be stored, retrying in {Delay}: {Reason}", batch.Count, delay, e.Message);
                await Task.Delay(delay, stopping);
            }
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SweepInterval);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                foreach (var charge in await charges.TakeDueAsync(stopping))
                    Start(charge);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested && e is NpgsqlException or TimeoutException or IOException)
            {
                logger.LogWarning("Payment cannot check for charges that are due: {Reason}", e.Message);
            }
        }
    }
}
