// What stands before the product's name in the tab of the browser; nothing once nobody sits here.
class Title {
  told = $state.raw<readonly string[]>([]);
}

export const title = new Title();
