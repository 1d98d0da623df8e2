namespace MsaAspire.Web.Language;

/// <summary>Why an order was rejected or cancelled, a text for each code that ordering gives.</summary>
public sealed record Reasons
{
    /// <summary>Names the product when the order has no other. Of several, the order does not say which was missing.</summary>
    public required Func<IReadOnlyList<string>, string> OutOfStock { get; init; }

    public required string UnknownProduct { get; init; }
    public required string CardDeclined { get; init; }
    public required string CardUnknown { get; init; }
    public required string PaymentUnavailable { get; init; }
    public required string TimedOut { get; init; }

    /// <summary>Of a code that is newer than this release.</summary>
    public required string Other { get; init; }

    /// <summary>The text of a code.</summary>
    /// <param name="code">The order's reason code.</param>
    /// <param name="products">The names of the ordered products.</param>
    public string Of(string? code, IReadOnlyList<string> products) => code switch
    {
        "out-of-stock" => OutOfStock(products),
        "unknown-product" => UnknownProduct,
        "card-declined" => CardDeclined,
        "card-unknown" => CardUnknown,
        "payment-unavailable" => PaymentUnavailable,
        "timed-out" => TimedOut,
        _ => Other,
    };
}
