using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Ordering;

/// <summary>Accepts an order: the order and its event are committed in one statement, or nothing is.</summary>
internal static class PlaceOrder
{
    /// <summary>Far below what the column holds, and above what anybody orders.</summary>
    private const decimal MaxTotal = 100_000_000m;

    private const string Accept = """
        WITH accepted AS (
            INSERT INTO ordering.orders
                (id, idempotency_key, fingerprint, customer, status, items, payment_token, total, currency, created_at, history)
            VALUES ($1, $2, $3, $4, 'Submitted', $5, $6, $7, $8, $9, $10)
            ON CONFLICT (idempotency_key) DO NOTHING
            RETURNING id
        ), open AS (
            INSERT INTO ordering.open_orders (order_id, due_at) SELECT id, now() + $15 FROM accepted
        )
        INSERT INTO ordering.outbox (id, message_id, type, body, traceparent)
        SELECT $11, $11, $12, $13, $14 FROM accepted
        """;

    /// <summary>Places an order</summary>
    /// <remarks>
    /// It is accepted at once and decided later: follow it at its `Location`, or live at `/events` below that. If there is no response, send the
    /// same request again with the same key: the order is placed once.
    /// </remarks>
    /// <param name="request" example="{&quot;customer&quot;:&quot;Ada Lovelace&quot;,&quot;items&quot;:[{&quot;productId&quot;:1,&quot;quantity&quot;:2}],&quot;payment&quot;:{&quot;token&quot;:&quot;tok_ok&quot;}}">Payment tokens: `tok_ok`, `tok_declined`, `tok_slow` (answers after 5 s), `tok_flaky` (fails twice, then works).</param>
    /// <param name="prices"></param>
    /// <param name="timeout"></param>
    /// <param name="database"></param>
    /// <param name="outbox"></param>
    /// <param name="logger"></param>
    /// <param name="response"></param>
    /// <param name="cancellation"></param>
    /// <param name="key"></param>
    /// <response code="202">The order is accepted.</response>
    /// <response code="200">The order that was accepted before under this key.</response>
    /// <response code="400">`invalid-request`: `errors` says what is wrong, by field; or `bad-request`: the body is not JSON of this form.</response>
    /// <response code="422">`unknown-product`, `mixed-currencies`, `total-too-large`, `price-changed` (with the new `total`, `currency` and `items`), or `idempotency-key-reused`: the key belongs to an order with another body. Nothing was stored.</response>
    /// <response code="503">`catalog-unavailable`: prices cannot be looked up now; or `outbox-full`: too many events are waiting. Nothing was stored; send the same request again in a few seconds.</response>
    public static async Task<Results<Accepted<Order>, Ok<Order>, ProblemHttpResult>> HandleAsync(
        [FromBody] OrderRequest request,
        PriceList prices,
        [FromServices] OrderTimeout timeout,
        [FromKeyedServices(OrderingModule.Database)] NpgsqlDataSource database,
        [FromKeyedServices(OrderingModule.Name)] Outbox outbox,
        ILogger<Order> logger,
        HttpResponse response,
        CancellationToken cancellation,
        // Not null when it is missing: null is not validated.
        [FromHeader(Name = "Idempotency-Key"), Required, StringLength(64, MinimumLength = 1), NoControlCharacters]
        [Description("Made up by the client, one for each order it means to place.")] string key = "")
    {
        var fingerprint = request.Fingerprint();
        var (order, problem) = await PriceAsync(request, prices, cancellation);
        if (order is not null && await InsertAsync(database, key, fingerprint, order, request.Payment!.Token!, timeout.Value, cancellation) is { } submitted)
        {
            outbox.Committed(submitted);
            logger.OrderIs(order.Id, order.Status);
            return TypedResults.Accepted($"/api/orders/{order.Id}", order);
        }

        // The key was used before; or the order cannot be priced now, which does not affect one that was accepted before.
        switch (await GetOrder.ByKeyAsync(database, key, fingerprint, cancellation))
        {
            case null:
                return problem!;
            case { Same: false }:
                return Problems.Problem("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity,
                    "The Idempotency-Key belongs to another order.", "Repeat a request with the same body, or give a new order a new key.");
            case { Order: var known }:
                response.Headers.Location = $"/api/orders/{known.Id}";
                return TypedResults.Ok(known);
        }
    }

    private static async Task<(Order? Order, ProblemHttpResult? Problem)> PriceAsync(
        OrderRequest request, PriceList prices, CancellationToken cancellation)
    {
        Dictionary<int, CatalogPrice> known;
        try
        {
            known = await prices.GetAsync(request.Items!.Select(i => i!.ProductId!.Value).ToList(), cancellation);
        }
        catch (CatalogUnavailableException)
        {
            return (null, Problems.Problem("catalog-unavailable", StatusCodes.Status503ServiceUnavailable,
                "Prices cannot be looked up now.", "Nothing was stored. Send the same request again in a few seconds."));
        }

        var unknown = request.Items!.Select(i => i!.ProductId!.Value).Where(p => !known.ContainsKey(p)).ToList();
        if (unknown.Count > 0)
        {
            return (null, Problems.Problem("unknown-product", StatusCodes.Status422UnprocessableEntity,
                "The order names a product that does not exist.", $"Nothing was stored. Unknown: {string.Join(", ", unknown)}."));
        }

        var items = request.Items!.Select(i => new OrderItem(i!.ProductId!.Value, known[i.ProductId.Value].Name, i.Quantity!.Value, known[i.ProductId.Value].Amount)).ToList();
        var currencies = known.Values.Select(p => p.Currency).Distinct().ToList();
        if (currencies.Count > 1)
        {
            return (null, Problems.Problem("mixed-currencies", StatusCodes.Status422UnprocessableEntity,
                "One order has one currency.", $"Nothing was stored. Order what costs {string.Join(" and ", currencies)} apart."));
        }

        var total = items.Sum(i => i.Price * i.Quantity);
        if (total > MaxTotal)
        {
            return (null, Problems.Problem("total-too-large", StatusCodes.Status422UnprocessableEntity,
                "The order's total is too large.", $"Nothing was stored. An order may cost {MaxTotal.ToString("N2", CultureInfo.InvariantCulture)} at most."));
        }

        if ((request.Total ?? total) != total || (request.Currency ?? currencies[0]) != currencies[0])
            return (null, PriceChanged(items, total, currencies[0]));

        // What the database keeps: a later read must not differ from the answer to this request.
        var now = DateTimeOffset.UtcNow;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return (new(Guid.CreateVersion7(), request.Customer!, OrderStatus.Submitted, null, null, items, total,
            currencies[0], now, [new(OrderStatus.Submitted, now)]), null);
    }

    /// <summary>With the prices as they are now, so that the customer can be asked again.</summary>
    private static ProblemHttpResult PriceChanged(List<OrderItem> items, decimal total, string currency)
    {
        var problem = Problems.Problem("price-changed", StatusCodes.Status422UnprocessableEntity,
            "A price has changed.", "Nothing was stored. Show the customer the new total, and send the request again with it.");
        problem.ProblemDetails.Extensions["total"] = total;
        problem.ProblemDetails.Extensions["currency"] = currency;
        problem.ProblemDetails.Extensions["items"] = items;
        return problem;
    }

    /// <returns>The event that was committed with the order; null when the key was used before.</returns>
    private static async Task<OutboxMessage?> InsertAsync(
        NpgsqlDataSource database, string key, byte[] fingerprint, Order order, string token, TimeSpan deadline, CancellationToken cancellation)
    {
        var submitted = OutboxMessage.Create(OrderingModule.Name, ShopEvents.OrderSubmitted, new OrderSubmitted(
            order.Id, [.. order.Items.Select(i => new OrderLine(i.ProductId, i.Quantity))]));
        await using var command = database.CreateCommand(Accept);
        Add(order.Id);
        Add(key);
        Add(fingerprint);
        Add(order.Customer);
        AddJson(JsonSerializer.Serialize(order.Items, OrderingJson.Default.IReadOnlyListOrderItem));
        Add(token);
        Add(order.Total);
        Add(order.Currency);
        Add(order.CreatedAt);
        AddJson(JsonSerializer.Serialize(order.History, OrderingJson.Default.IReadOnlyListStatusChange));
        Add(submitted.Id);
        Add(submitted.Type);
        Add(submitted.Body);
        command.Parameters.Add(new() { Value = (object?)submitted.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        Add(deadline);
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? submitted : null;

        void Add<T>(T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        void AddJson(string value) => command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Jsonb });
    }
}
