using System.Threading.Channels;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Payment;

/// <summary>The provider's answer about a charge.</summary>
internal sealed record AnsweredCharge(DueCharge Charge, ProviderAnswer Answer);

/// <summary>Commits the provider's answers and the events that follow, many at once.</summary>
internal sealed class ProviderAnswers([FromKeyedServices(PaymentModule.Name)] Outbox outbox, ILogger<ProviderAnswers> logger)
    : BackgroundLoop("payment provider answers", logger)
{
    private const int LargestBatch = 64;

    // A charge that was cancelled while the provider processed it is refunded next, so its answer is not a decision. A refund that nobody but the shop
    // asked for is the end of a charge that failed.
    private const string Decide = """
        UPDATE payment.charges c SET status = a.status, reason = coalesce(a.reason, c.reason), reason_code = coalesce(a.reason_code, c.reason_code), token = NULL
        FROM unnest($1, $2, $3, $4, $5) AS a(order_id, asked, status, reason, reason_code)
        WHERE c.order_id = a.order_id AND c.status = a.asked
        RETURNING c.order_id, c.status, c.reason, c.reason_code
        """;

    private readonly Channel<AnsweredCharge> _answers = Channel.CreateBounded<AnsweredCharge>(1024);
    private readonly List<AnsweredCharge> _batch = new(LargestBatch);
    private bool _oneByOne;

    /// <summary>Waits while too many are not committed yet.</summary>
    public ValueTask AddAsync(AnsweredCharge answer, CancellationToken cancellation) => _answers.Writer.WriteAsync(answer, cancellation);

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var pacer = new BatchPacer(TimeProvider.System);
        // After a failure: with what is in hand, and one by one, so that an answer which cannot be stored stops no other.
        if (_batch.Count > 0)
            await CommitInHandAsync();
        while (await pacer.FillAsync(_answers.Reader, _batch, LargestBatch, stopping))
            await CommitInHandAsync();
    }

    private async Task CommitInHandAsync()
    {
        if (_oneByOne)
        {
            await CommitOneByOneAsync();
        }
        else
        {
            _oneByOne = true;
            await CommitAsync(_batch);
        }

        _oneByOne = false;
        _batch.Clear();
        Running();
    }

    private async Task CommitOneByOneAsync()
    {
        Exception? failure = null;
        var failed = new List<AnsweredCharge>();
        foreach (var answer in _batch)
        {
            try
            {
                await CommitAsync([answer]);
            }
            catch (Exception e)
            {
                failure = e;
                failed.Add(answer);
            }
        }

        if (failure is not null && failed.Count == _batch.Count)
            throw failure;
        foreach (var answer in failed)
            logger.LogError(failure, "The provider's answer for order {Order} cannot be stored; it is asked again when the lease ends", answer.Charge.OrderId);
    }

    // Not cancelled: the provider has decided, and a commit takes milliseconds.
    private Task CommitAsync(IReadOnlyList<AnsweredCharge> answers) => outbox.CommitAsync(
        async work =>
        {
            var charges = answers.ToLookup(a => a.Charge.OrderId, a => a.Charge);
            foreach (var (order, status, reason, code) in await DecideAsync(work.Connection, answers))
            {
                var charge = charges[order].First();
                if (status == ChargeStatus.Charged)
                    work.Publish(ShopEvents.PaymentSucceeded, new PaymentSucceeded(order, charge.Amount, charge.Currency!), charge.TraceParent);
                else if (code is not null)
                    work.Publish(ShopEvents.PaymentFailed, new PaymentFailed(order, reason!, code), charge.TraceParent);
            }
        },
        CancellationToken.None);

    private static async Task<List<(Guid Order, string Status, string? Reason, string? Code)>> DecideAsync(
        NpgsqlConnection connection, IReadOnlyList<AnsweredCharge> answers)
    {
        var decisions = answers.Select(a => (a.Charge.OrderId, Asked: a.Charge.Status, Decision: Decision(a))).Where(d => d.Decision.Status is not null).ToList();
        await using var command = new NpgsqlCommand(Decide, connection)
        {
            Parameters =
            {
                new() { Value = decisions.ConvertAll(d => d.OrderId) },
                new() { Value = decisions.ConvertAll(d => d.Asked) },
                new() { Value = decisions.ConvertAll(d => d.Decision.Status!) },
                Text(decisions.Select(d => d.Decision.Reason)),
                Text(decisions.Select(d => d.Decision.Code)),
            },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var decided = new List<(Guid, string, string?, string?)>();
        while (await reader.ReadAsync())
            decided.Add((reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        return decided;
    }

    /// <summary>What an answer makes of a charge; no status when it decides nothing.</summary>
    internal static (string? Status, string? Reason, string? Code) Decision(AnsweredCharge answered) => (answered.Charge.Status, answered.Answer.Status) switch
    {
        (ChargeStatus.Pending, "charged") => (ChargeStatus.Charged, null, null),
        (ChargeStatus.Pending, "declined") => answered.Answer.DeclineCode == ReasonCodes.CardUnknown
            ? (ChargeStatus.Declined, "the provider does not know this card", ReasonCodes.CardUnknown)
            : (ChargeStatus.Declined, "the card was declined", ReasonCodes.CardDeclined),
        (ChargeStatus.Voiding or ChargeStatus.Refunding, "refunded") => (ChargeStatus.Refunded, null, null),
        (ChargeStatus.Voiding or ChargeStatus.Refunding, "void" or "declined") => (ChargeStatus.Void, null, null),
        _ => (null, null, null),
    };

    private static NpgsqlParameter Text(IEnumerable<string?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
