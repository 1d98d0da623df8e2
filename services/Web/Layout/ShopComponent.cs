using Microsoft.AspNetCore.Components;
using MsaAspire.Web.Language;

namespace MsaAspire.Web.Layout;

/// <summary>What every part of a page needs: the reader's language, and where the assets are.</summary>
public abstract class ShopComponent : ComponentBase
{
    [Inject]
    protected Texts Text { get; private set; } = null!;

    [Inject]
    private protected Assets Asset { get; private set; } = null!;
}
